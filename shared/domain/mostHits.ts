/** As many hits as the search gives: they fit under the box; whoever is not among them is found by one more letter. */
export const mostHits = 20;
