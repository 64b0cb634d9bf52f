"""What is known of sites, CMS and themes, in our form and the community's. Applied to pages by the extractor."""
