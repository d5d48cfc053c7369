// Package mailtest is a small mail server on loopback, for tests that read what
// really went out.
//
//	s := mailtest.New(t)
//	… mail.Config{Server: s.Address(), From: "ent@example.fr"} …
//	letter := s.Last(t)
package mailtest
