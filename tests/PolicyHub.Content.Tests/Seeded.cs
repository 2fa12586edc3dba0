using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace PolicyHub.Content.Tests;

/// <summary>
/// Runs a property a small number of times from a fixed seed, so that a run says the same tomorrow; a failure shows the case.
/// <c>POLICYHUB_TEST_FACTOR</c> multiplies the number and <c>POLICYHUB_TEST_SEED</c> is another seed, for the long run.
/// </summary>
internal static class Seeded
{
    private static readonly int Factor = (int)Setting("POLICYHUB_TEST_FACTOR", 1);
    private static readonly ulong Seed = Setting("POLICYHUB_TEST_SEED", 20261123);

    public static void Check<T>(Gen<T> cases, Func<T, bool> holds, int count = 500) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Configuration(count));

    public static void Check<T>(Gen<T> cases, Action<T> holds, int count = 500) =>
        Prop.ForAll(cases.ToArbitrary(), holds).Check(Configuration(count));

    private static Config Configuration(int count) => Config.QuickThrowOnFailure
        .WithMaxTest(count * Factor)
        .WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None)));

    private static ulong Setting(string name, ulong otherwise) =>
        ulong.TryParse(Environment.GetEnvironmentVariable(name), System.Globalization.CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
