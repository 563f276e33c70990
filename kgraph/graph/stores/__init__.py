"""Where a graph is kept, and how one is changed into another: a file, an Oxigraph folder, a SPARQL server."""
