"""How a stored graph changes: by articles that come, are corrected or go, at the cost of what they touch.

articles ─intake─▶ readings, kept in a journal until they are in the graph
readings ─growing─▶ the graph, whole (`pipeline.conclude`) or, in a folder with an index, only what they touch (`touching`)
"""
