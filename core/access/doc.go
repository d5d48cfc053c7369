// Package access decides who may do what in a school.
//
// The source of truth is Casbin: role templates (the default profiles that
// manifests name, in the domain "*"), inheritance between roles, and each
// school's few changes, which win over the templates of the same role. Who
// holds which roles is no rule: the session carries it.
//
// Nothing of Casbin is on the hot path. The policy is compiled to one bit set
// per school and role when it is first asked for; [Service.May] is a look-up.
// A change by a school ([Service.Set]) bumps the school's epoch in its own
// transaction and drops the compiled sets before it returns. What is not
// known (a school, a role, a permission) is denied.
package access
