// Package push reaches the browsers of people, open or closed, by the Web Push
// protocol (RFC 8030), encrypted for the browser alone (RFC 8291) and signed with
// a key of this installation (RFC 8292, VAPID).
//
// A browser gives its subscription: the address at its maker's push service, and
// a public key. Whoever gives an address makes the core send requests there, so
// only HTTPS on the open network is dialled; addresses within are refused when
// they are resolved, as core/host/egress refuses them to modules.
package push
