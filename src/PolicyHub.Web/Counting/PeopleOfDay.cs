using System.Security.Cryptography;
using System.Text;

namespace PolicyHub.Web.Counting;

/// <summary>
/// Tells apart the people of one day, and only of that day. A person is a number: the first 64 bits of an HMAC-SHA-256 of where the
/// request came from (address and browser, until people sign in), with a key of 32 random bytes that this process makes for the day and
/// overwrites when the next one begins. It is never written anywhere; without it no number leads back to an address, and the numbers of two
/// days have nothing in common. Not safe for several threads: whoever holds it locks.
/// </summary>
internal sealed class PeopleOfDay
{
    private readonly byte[] salt = RandomNumberGenerator.GetBytes(32);
    private DateOnly day;

    /// <summary>The person's number today. Whoever keeps numbers of an earlier day can do nothing with them but count.</summary>
    public ulong NumberOf(string person, DateOnly today)
    {
        if (today != day)
        {
            RandomNumberGenerator.Fill(salt);
            day = today;
        }

        return BitConverter.ToUInt64(HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes(person)));
    }
}
