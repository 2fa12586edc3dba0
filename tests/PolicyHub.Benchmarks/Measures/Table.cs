using System.Globalization;

namespace PolicyHub.Benchmarks.Measures;

/// <summary>A Markdown table on standard output.</summary>
internal static class Table
{
    public static void Print(string title, string[] heads, IEnumerable<string[]> rows)
    {
        Console.WriteLine();
        Console.WriteLine("## " + title);
        Console.WriteLine();
        Console.WriteLine("| " + string.Join(" | ", heads) + " |");
        Console.WriteLine("|" + string.Concat(Enumerable.Repeat("---|", heads.Length)));
        foreach (var row in rows)
        {
            Console.WriteLine("| " + string.Join(" | ", row) + " |");
        }
    }

    public static string Number(double value, string format = "0.##") => value.ToString(format, CultureInfo.InvariantCulture);

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <param name="share">Between 0 and 1.</param>
    public static double Percentile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)Math.Ceiling(share * sorted.Length) - 1)];
    }
}
