//go:build !race

package inside

const raced = false // see race_linux.go
