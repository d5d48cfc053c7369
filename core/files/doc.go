// Package files keeps the files that modules store (hand-ins, documents), under
// school, module and id: the bytes in a gocloud.dev/blob bucket (a folder by
// default), what is known of them in the core's store.
//
// A file is there whole or not at all: its entry is written after its last
// byte. Bytes stream; memory stays flat whatever the size.
package files
