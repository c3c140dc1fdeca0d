package dev.coterie;

import dev.coterie.cli.CoterieCommand;

/** The program. */
public final class Coterie {
    private Coterie() {}

    public static void main(String[] arguments) {
        System.exit(
                CoterieCommand.run(arguments, System.getenv(), () -> new Wiring(System.getenv())));
    }
}
