// Command build writes ../dist: scripts minified by esbuild, the sprite of
// icons, each file under a name with the hash of its content and compressed as
// brotli and gzip. Run from the root of the repository after `npm install`:
//
//	go run ./core/web/assets/build
//
// With -check it writes nothing and fails when dist is not what it would write.
package main
