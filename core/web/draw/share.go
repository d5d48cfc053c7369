package draw

import "github.com/preau-ent/preau/sdk/ids"

// SharePath begins the addresses that are given to others: a school, then a path
// of the site.
const SharePath = "/e/"

// Shared returns the address of a path (with its query) of the site that leads
// everyone who may see it to the same page of the same school, through sign-in
// and from another of their schools. For messages, feeds and links to copy.
func Shared(school ids.SchoolID, path string) string { return SharePath + string(school) + path }
