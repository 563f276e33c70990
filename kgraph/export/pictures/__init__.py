"""Pictures of a graph as SVG, PNG and PDF: the network, timelines, amounts by source, owners."""
