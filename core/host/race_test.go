//go:build race

package host_test

const raced = true // the launcher sets no limit on memory then
