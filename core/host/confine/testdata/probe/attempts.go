package main

import "os"

var attempts = map[string]func(string) error{
	"read": func(a string) error { _, err := os.ReadFile(a); return err },
	"list": func(a string) error { _, err := os.ReadDir(a); return err },
}
