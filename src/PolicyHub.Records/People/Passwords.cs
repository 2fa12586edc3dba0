using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace PolicyHub.Records.People;

/// <summary>Hashes of passwords and PINs: PBKDF2 with HMAC-SHA-512, a salt each, 210 000 rounds (OWASP Password Storage Cheat Sheet), over the text in form NFKC.</summary>
public static class Passwords
{
    private static readonly PasswordHasher<Person> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));

    private static readonly Person Nobody = new() { Name = "" };

    /// <summary>What a password is compared with where nobody has the name: it takes as long, and never fits.</summary>
    private static readonly Lazy<string> Decoy = new(() => Hash(Sessions.SessionBook.NewKey()));

    public static string Hash(string password) => Hasher.HashPassword(Nobody, Normal(password));

    /// <summary>Whether a password is the one that was hashed; takes as long where there is no hash, and then says no.</summary>
    public static bool Verify(string? hash, string password)
    {
        var isEqual = Hasher.VerifyHashedPassword(Nobody, hash ?? Decoy.Value, Normal(password)) != PasswordVerificationResult.Failed;
        return isEqual && hash is not null;
    }

    /// <summary>The same text however a keyboard writes it.</summary>
    internal static string Normal(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        try
        {
            return password.Normalize(NormalizationForm.FormKC);
        }
        catch (ArgumentException)
        {
            // Half a letter of two: no keyboard writes it.
            return password;
        }
    }
}
