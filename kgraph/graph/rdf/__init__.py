"""Claims and facts as RDF and back: IRIs, properties, formats."""
