"""对外: pages that need no sign-in. They show what everybody may know, to a phone, and write down nobody's visit."""
