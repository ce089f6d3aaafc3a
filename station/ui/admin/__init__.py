"""The admin page (管理): all that is not the lane. It lies over the gate, which goes on."""
