// Package pack makes and reads packages: modules as their vendors hand them
// out, in one file NAME-VERSION.preau that can be checked without a network.
//
// # The file
//
// A package is a tar archive compressed by zstd in two or three frames, so
// that "tar --zstd -x" reads it too:
//
//	index.json   what is in the package, see [Index]
//	signature    who vouches for it, see [Signature]; absent while unsigned
//	the files    in the order of the index, then the end of the archive
//
// The index names every file with its size, mode and SHA-256, and the
// package's digest is the SHA-256 of the index: whoever knows the digest knows
// every byte that will be installed. The same input makes the same bytes:
// names are sorted, times zero, owners nobody, the compressor runs alone.
//
// These files may be in a package, and no others:
//
//	module.yaml            the manifest
//	locales/<lang>.json    its words
//	bin/<os>-<arch>/<id>   the executable for a platform; bin/any/<id> for a
//	                       script, which suits every platform
//	share/…                what else the module reads
//	LICENSE, README        with or without an ending
//
// # Signatures
//
// A signature is Ed25519 over "preau package 1\n" and the digest's 32 bytes.
// Keys are named by their fingerprint, the SHA-256 of the 32 bytes. Signing
// again replaces the frame "signature" and touches nothing else; a package may
// carry the signatures of several keys.
//
// preau.key holds a private key as PKCS #8 in PEM. preau.pub is text:
//
//	preau public key 1
//	key <base64>
//	succeeds <base64 of the older key> <base64 of its signature>
//
// A vendor changes keys by having the older one sign "preau key 1\n" and the
// 32 bytes of the newer: the statement is a line of the newer preau.pub and
// travels with each signature. Whoever trusts the older key then trusts the
// newer, as long as neither is revoked.
//
// [Trust] is what an operator trusts: one such file, or a folder of them with
// an optional file "revoked" of lines "key <fingerprint>" and "package <digest>".
//
// # Reading
//
// Nothing in a package is believed before it is checked, in this order: the
// frames, the index, the signatures, then file by file what the index said of
// it. [Limits] bound sizes and the ratio of compression, links and devices do
// not exist, and a name that could mean another place is refused.
package pack
