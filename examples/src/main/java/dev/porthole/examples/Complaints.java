package dev.porthole.examples;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with arguments that do not even fit the command, without repeating what may be a secret. */
final class Complaints {
    private static final String PASSWORD = "--password";
    private static final String PASSWORD_FILE = "--password-file";

    private Complaints() {}

    static String about(ParameterException e, String... args) {
        for (String arg : args) {
            if (arg.startsWith(PASSWORD) && !arg.equals(PASSWORD_FILE) && !arg.startsWith(PASSWORD_FILE + "=")) {
                return PASSWORD
                        + ": passwords are not taken from arguments, which everyone on this host can see; put the"
                        + " password into a file and give " + PASSWORD_FILE + " FILE, or - for standard input";
            }
        }
        if (e instanceof UnmatchedArgumentException unmatched) {
            return unmatched(unmatched);
        }
        String message = Words.plain(String.valueOf(e.getMessage()));
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().get(0);
        String name = first.startsWith("-") ? first.replaceFirst("=.*", "") : first;
        if (!first.startsWith("-")) {
            return Words.quoted(name) + " is not expected here" + similar(e);
        }
        boolean beforeCommand = e.getCommandLine().getParent() == null;
        return Words.quoted(name) + " is not an option here"
                + (beforeCommand ? "; options go after the command" : similar(e));
    }

    private static String similar(UnmatchedArgumentException e) {
        return e.getSuggestions().isEmpty() ? "" : "; similar: " + Words.list(e.getSuggestions());
    }
}
