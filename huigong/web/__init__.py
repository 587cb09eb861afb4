"""The doors for browsers: settings, addresses, the officers' console."""
