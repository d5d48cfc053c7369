// Package notify keeps the notices that modules and the core send to people, in
// the space of their school: a list with an unread count, in which a second
// notice about the same thing replaces the first.
package notify
