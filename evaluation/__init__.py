"""How good the reading is: measures on the sets that are there, floors below which a change may not land."""
