// Package assets holds what the page needs besides its HTML: scripts, icons and
// the base stylesheet, all with the hash of their content in their name and
// compressed beforehand.
//
// The files of dist are written by the program in the folder build, from the
// sources here and from npm packages (lucide-static,
// @fontsource/opendyslexic), and committed.
// The stylesheet a page links is made by package theme: the base styles of
// [CSS] with a school's tokens in front.
package assets
