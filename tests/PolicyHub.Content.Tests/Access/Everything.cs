using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace PolicyHub.Content.Tests.Access;

/// <summary>Every text that can be reached from a thing through its properties, be they open to other projects or not: what it could ever show.</summary>
internal static class Everything
{
    public static string In(object thing)
    {
        var text = new StringBuilder();
        Add(thing, text, new HashSet<object>(ReferenceEqualityComparer.Instance));
        return text.ToString();
    }

    private static void Add(object? thing, StringBuilder text, HashSet<object> seen)
    {
        switch (thing)
        {
            case null or Delegate:
                return;
            case string or LibraryPath:
                text.Append(thing).Append('\n');
                return;
            case ITuple tuple:
                for (var index = 0; index < tuple.Length; index++)
                {
                    Add(tuple[index], text, seen);
                }

                return;
            default:
                break;
        }

        var type = thing.GetType();
        if (!type.IsValueType && !seen.Add(thing))
        {
            return;
        }

        if (thing is IEnumerable many)
        {
            try
            {
                foreach (var item in many)
                {
                    Add(item, text, seen);
                }
            }
            catch (InvalidOperationException)
            {
                // An array that was never set.
            }
        }
        else if (type.FullName!.StartsWith("System.Collections.Generic.KeyValuePair", StringComparison.Ordinal) || type.Namespace?.StartsWith("PolicyHub", StringComparison.Ordinal) == true)
        {
            foreach (var property in type.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).Where(property => property.GetIndexParameters().Length == 0))
            {
                if (property.PropertyType is { IsPrimitive: false, IsEnum: false, IsByRefLike: false })
                {
                    Add(property.GetValue(thing), text, seen);
                }
            }
        }
    }
}
