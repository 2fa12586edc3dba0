using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace PolicyHub.Records.People;

/// <summary>
/// Codes of an authenticator (RFC 6238: HMAC-SHA-1, 30 seconds, six digits). Ours and not the framework's, as that reads the wall clock and
/// takes one code several times.
/// </summary>
public static class Totp
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int StepSeconds = 30;

    /// <summary>A clock may be so many steps off.</summary>
    private const int Drift = 1;

    /// <summary>A new key: 160 bits of chance in base 32 (RFC 4648), as authenticators take it.</summary>
    public static string NewKey() => Base32(RandomNumberGenerator.GetBytes(20));

    /// <summary>Ten codes for when the device is lost: 120 bits of chance each, in groups of four.</summary>
    public static IReadOnlyList<string> NewRecoveryCodes() =>
        [.. Enumerable.Range(0, 10).Select(_ => string.Join('-', Base32(RandomNumberGenerator.GetBytes(15)).Chunk(4).Select(group => new string(group))))];

    /// <summary>Under which a recovery code is stored; how it was typed makes no difference.</summary>
    public static string RecoveryHash(string code)
    {
        ArgumentNullException.ThrowIfNull(code);
        return Sessions.SessionBook.IdOf("recovery:" + new string([.. code.Where(char.IsLetterOrDigit).Select(char.ToUpperInvariant)]));
    }

    /// <summary>The address that an authenticator reads from a picture.</summary>
    public static string Address(string organisation, string userName, string key) =>
        $"otpauth://totp/{Uri.EscapeDataString(organisation)}:{Uri.EscapeDataString(userName)}?secret={key}&issuer={Uri.EscapeDataString(organisation)}";

    /// <summary>The step of time whose code it is; null: of none about now. Steps up to <paramref name="last"/> have been used.</summary>
    public static long? FindStep(string key, string code, DateTimeOffset now, long last)
    {
        ArgumentNullException.ThrowIfNull(code);
        var typed = Encoding.ASCII.GetBytes(new string([.. code.Where(sign => !char.IsWhiteSpace(sign))]));
        long? found = null;
        for (var step = StepOf(now) - Drift; step <= StepOf(now) + Drift; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Code(key, step)), typed) && step > last)
            {
                found = step;
            }
        }

        return found;
    }

    public static long StepOf(DateTimeOffset now) => now.ToUnixTimeSeconds() / StepSeconds;

    /// <summary>The code of a step.</summary>
    public static string Code(string key, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // RFC 6238's default, and the only one that every authenticator has; HMAC does not need that SHA-1 has no collisions.
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static string Base32(byte[] bytes)
    {
        var text = new StringBuilder();
        var (held, bits) = (0, 0);
        foreach (var one in bytes)
        {
            (held, bits) = ((held << 8) | one, bits + 8);
            for (; bits >= 5; bits -= 5)
            {
                text.Append(Letters[(held >> (bits - 5)) & 31]);
            }

            held &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    private static byte[] FromBase32(string text)
    {
        var bytes = new List<byte>();
        var (held, bits) = (0, 0);
        foreach (var letter in text)
        {
            (held, bits) = ((held << 5) | Letters.IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits >= 8)
            {
                bytes.Add((byte)(held >> (bits - 8)));
                bits -= 8;
                held &= (1 << bits) - 1;
            }
        }

        return [.. bytes];
    }
}
