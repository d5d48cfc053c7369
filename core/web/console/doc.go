// Package console is what a school's head or administrator works with, under
// /administration: modules, rights, people, classes, announcements, home pages,
// look and journal.
//
// It is an area as package visit describes: each page is a typed tree that the
// web application draws, each address names its core.admin permission in one
// table ([Console.Routes]), and all of it is about the visitor's own school.
package console
