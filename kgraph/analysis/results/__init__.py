"""Results of the analysis as other libraries take them: flat rows and RDF."""
