// Package setting draws what a manifest lets be set as the fields of a form, and
// reads the posted form back: the school's settings of a module, and a person's
// settings of one block of their home page.
package setting
