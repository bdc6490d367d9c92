package io.socketserver.concurrent.model;

/** What a script does next. */
sealed interface Command permits Deed, Visit {}
