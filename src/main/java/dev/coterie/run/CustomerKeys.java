package dev.coterie.run;

import dev.coterie.collect.Collected;
import dev.coterie.collect.RawColumn;
import dev.coterie.collect.RawTable;
import dev.coterie.collect.Role;
import dev.coterie.prepare.CustomerTable;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * What names a customer in two runs: the id from the file. Where a table has no id column the id is
 * a row number, which names somebody else as soon as a row is added above; there it is the row's
 * content, and which of the equal rows it is.
 */
final class CustomerKeys {
    /** Parts one cell from the next; a character that reading takes out of cells. */
    private static final char END = '\u001f';

    private CustomerKeys() {}

    /** One distinct key for each customer, in their order. */
    static List<String> of(Collected collected, CustomerTable customers) {
        OptionalInt owner = collected.customerTable();
        if (owner.isEmpty() || !idsAreRowNumbers(collected)) return customers.ids();
        RawTable table = collected.tables().get(owner.getAsInt()).table();
        Map<String, String> byRecord = new HashMap<>(table.rows() * 2);
        Map<String, Integer> seen = new HashMap<>(table.rows() * 2);
        for (int row = 0; row < table.rows(); row++) {
            String content = digest(table, row);
            int earlier = seen.merge(content, 1, Integer::sum);
            byRecord.put(Integer.toString(table.recordNumbers()[row]), content + ":" + earlier);
        }
        return customers.ids().stream().map(byRecord::get).toList();
    }

    /** True if the customer table has no id column. */
    static boolean idsAreRowNumbers(Collected collected) {
        OptionalInt owner = collected.customerTable();
        return owner.isPresent()
                && collected.tables().get(owner.getAsInt()).schema().columns().stream()
                        .noneMatch(column -> column.role() == Role.ID);
    }

    private static String digest(RawTable table, int row) {
        var cells = new StringBuilder();
        for (RawColumn column : table.columns()) {
            cells.append(column.name()).append(END).append(column.cell(row)).append(END);
        }
        byte[] hash = DigestUtils.sha256(cells.toString());
        return "row:" + HexFormat.of().formatHex(hash, 0, 16);
    }
}
