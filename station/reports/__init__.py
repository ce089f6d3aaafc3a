"""What is made for paper: passes to print. Draws what it is given; decides and stores nothing."""
