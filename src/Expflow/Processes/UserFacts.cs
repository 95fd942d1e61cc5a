using System.Globalization;

namespace Expflow.Processes;

/// <summary>Who runs this process.</summary>
public static class UserFacts
{
    /// <summary>The user's name by the kernel's word and the user database, whatever <c>$USER</c> says; the number where there is no name. Never empty.</summary>
    public static string Name =>
        Environment.UserName is { Length: > 0 } name ? name : Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>The effective user id.</summary>
    public static uint Id => Native.geteuid();
}
