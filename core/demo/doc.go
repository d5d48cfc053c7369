// Package demo makes the two fictitious schools of `preau demo`: a collège and
// a lycée with their people, all invented, always the same ones. Timetable and
// homework are the modules' data: they are asked to make up their own by the
// event of sdk/demo.
package demo
