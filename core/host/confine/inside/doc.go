// Package inside is the half of the launcher that runs inside: it makes the
// process a prisoner and then becomes the module.
//
// Importing it is enough. Its init function acts when the program was started
// under the name [Name], and does nothing otherwise; so the core, a program that
// embeds the core and a test binary are each their own launcher. It imports
// little, because what it imports is initialized before each start of a module.
package inside
