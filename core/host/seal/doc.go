// Package seal holds the executables of modules to what they were when somebody
// vouched for them: the vendor's signed list of a package, or the core itself
// when it read its folders.
//
// [Executable.Check] is asked before each start. It reads all of the file only
// when its [Stamp] is another one than that with which it last had the right
// content, so that most starts cost one look. What it returns goes to whoever
// executes the file, who opens it, wants the same stamp of what is open, and
// executes that very thing: nobody can put another file in its place between.
//
// A file that was changed a moment ago is looked at twice, as far apart as makes
// sure that whatever happened to it since the first time shows: its stamp is
// handed out once it can be relied upon, and no earlier.
//
// It does not help against who can set the machine's clock or write to its disks
// past the file system, nor where a file server's clock is behind the machine's.
package seal
