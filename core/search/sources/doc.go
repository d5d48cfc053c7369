// Package sources is what a school has to be found: the documents of its
// modules, its people and classes, the pages, settings and help of the core.
package sources
