"""Two or more annotation layers: agreement, differences, adjudication, history."""
