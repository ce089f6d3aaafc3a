"""The center's web console: pages made on the server. `app` puts it together, `pages` lists them."""
