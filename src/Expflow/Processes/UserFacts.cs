using System.Globalization;
using System.Runtime.InteropServices;

namespace Expflow.Processes;

/// <summary>Who runs this process.</summary>
public static unsafe class UserFacts
{
    /// <summary>The user's name by the kernel's word and the user database, whatever <c>$USER</c> says; the number where there is no name. Never empty.</summary>
    public static string Name =>
        Environment.UserName is { Length: > 0 } name ? name : Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The home folder by the user database, whatever <c>$HOME</c> says; null where it has none. The database may be far away and slow.</summary>
    public static string? Home
    {
        get
        {
            var entry = Native.getpwuid(Id);
            return entry == null ? null
                : Marshal.PtrToStringUTF8(*(nint*)(entry + Native.HomeInPassword)) is { Length: > 0 } home ? home
                : null;
        }
    }

    /// <summary>The effective user id.</summary>
    public static uint Id => Native.geteuid();
}
