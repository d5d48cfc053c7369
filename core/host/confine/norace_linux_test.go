//go:build !race

package confine_test

const raced = false // see race_linux_test.go
