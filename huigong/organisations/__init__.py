"""工会组织 Federations, unions, aid centres, officers and what they may see."""
