package io.kameleon.sandbox;

/** A server of the sandbox did not do what it was asked; the message ends with the last lines of the server's log. */
public class SandboxException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SandboxException(String message) {
        super(message);
    }

    SandboxException(String message, Throwable cause) {
        super(message, cause);
    }
}
