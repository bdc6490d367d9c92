import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Prints one line of coverage per module, read from JaCoCo's CSV report. */
final class CoverageSummary {
    private CoverageSummary() {}

    public static void main(String[] args) throws Exception {
        Map<String, long[]> modules = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            // GROUP,PACKAGE,CLASS,then missed and covered: instructions, branches, lines, complexity, methods
            String[] field = line.split(",");
            if (field[0].equals("GROUP")) {
                continue;
            }
            String module = field[0].substring(field[0].lastIndexOf('/') + 1);
            long[] sum = modules.computeIfAbsent(module, name -> new long[4]);
            for (int i = 0; i < 4; i++) {
                sum[i] += Long.parseLong(field[5 + i]);
            }
        }
        modules.forEach((module, sum) -> System.out.printf(
                "Coverage %-22s lines %s  branches %s%n", module, share(sum[2], sum[3]), share(sum[0], sum[1])));
    }

    private static String share(long missed, long covered) {
        long all = missed + covered;
        return all == 0 ? "     none" : String.format("%5.1f %% (%d of %d)", 100.0 * covered / all, covered, all);
    }
}
