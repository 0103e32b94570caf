"""Where pages are found: feeds, sitemaps section pages, each read by one pure function; the spider that asks."""
