using System.Globalization;

namespace PolicyHub.Testing;

/// <summary>What <c>tests/run.sh --long</c> asks for: the full counts, and the seed it has printed.</summary>
public static class LongRun
{
    /// <summary>Whether the full counts are wanted.</summary>
    public static bool IsWanted { get; } = Environment.GetEnvironmentVariable("POLICYHUB_TESTS_LONG") == "1";

    /// <summary>The same in every run unless <c>POLICYHUB_TESTS_SEED</c> says otherwise.</summary>
    public static int Seed { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("POLICYHUB_TESTS_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var seed) ? seed : 20261123;

    /// <summary>How often something is tried.</summary>
    public static int Count(int few, int full) => IsWanted ? full : few;
}
