// Command build writes ../dist: scripts minified by esbuild, letters and signs,
// each file under a name with the hash of its content and compressed as brotli
// and gzip; and the lines of the icons, a source of package draw. Run from the root of the repository after `npm install`:
//
//	go run ./core/web/assets/build
//
// With -check it writes nothing and fails when dist is not what it would write.
package main
