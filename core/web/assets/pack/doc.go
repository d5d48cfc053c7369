// Package pack names files after their content and compresses them, for what
// is built beforehand and for the stylesheets made while the server runs.
package pack
