package dev.coterie.cli;

import dev.coterie.collect.DateOrder;
import dev.coterie.collect.Role;
import dev.coterie.collect.RoleChoice;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code [FILE:]COLUMN=ROLE[:FORMAT]}; a column's name may hold colons and equals signs
 * itself.
 */
final class RoleOption implements ITypeConverter<RoleChoice> {
    @Override
    public RoleChoice convert(String value) {
        int equals = value.lastIndexOf('=');
        if (equals < 1) {
            throw new TypeConversionException(
                    "'" + value + "' is not [FILE:]COLUMN=ROLE[:FORMAT], such as joined=date:dmy");
        }
        String[] role = value.substring(equals + 1).split(":", 2);
        String left = value.substring(0, equals);
        int colon = left.indexOf(':');
        return new RoleChoice(
                colon > 0 ? Optional.of(left.substring(0, colon)) : Optional.empty(),
                colon > 0 ? left.substring(colon + 1) : left,
                Role.of(role[0]).orElseThrow(() -> unknown("role", role[0], Role.values())),
                role.length < 2
                        ? Optional.empty()
                        : Optional.of(
                                DateOrder.of(role[1])
                                        .orElseThrow(
                                                () ->
                                                        unknown(
                                                                "format",
                                                                role[1],
                                                                DateOrder.values()))));
    }

    private static TypeConversionException unknown(String what, String value, Enum<?>[] known) {
        return new TypeConversionException(
                "there is no "
                        + what
                        + " '"
                        + value
                        + "'; use "
                        + Arrays.stream(known)
                                .map(v -> v.name().toLowerCase(java.util.Locale.ROOT))
                                .collect(Collectors.joining(", ")));
    }
}
