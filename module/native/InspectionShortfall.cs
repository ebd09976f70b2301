// Knows how it reads what an inspection of handles could not see.
namespace PortExhaustion.Native
{
    using System.Collections.Generic;
    using System.Globalization;

    internal static class InspectionShortfall
    {
        // Linq is not used in this folder: Add-Type of Windows PowerShell 5.1 does not reference System.Core for certain.
        private static readonly string[][] Texts =
        {
            new[] { "refused", "could not be opened" },
            new[] { "out-of-time", "were not begun in the time" },
            new[] { "partial", "were not seen to the end" },
            new[] { "sampled", "were asked for a sample of their addresses" }
        };

        /// <summary>One sentence, or null where nothing is missing.</summary>
        internal static string Of(IList<InspectionRow> rows, int callMs)
        {
            List<string> parts = new List<string>();
            foreach (string[] text in Texts)
            {
                int count = CountOf(rows, text[0]);
                if (count > 0)
                {
                    parts.Add(string.Format(CultureInfo.InvariantCulture, "{0} {1}", count, text[1]));
                }
            }
            int stuck = 0;
            foreach (InspectionRow row in rows)
            {
                stuck += row.TimedOut;
            }
            if (stuck > 0)
            {
                parts.Add(string.Format(CultureInfo.InvariantCulture, "{0} handles did not answer within {1} ms", stuck, callMs));
            }
            if (parts.Count == 0)
            {
                return null;
            }
            return string.Format(CultureInfo.InvariantCulture, "of {0} processes with File handles {1}", rows.Count, string.Join(", ", parts));
        }

        private static int CountOf(IList<InspectionRow> rows, string status)
        {
            int count = 0;
            foreach (InspectionRow row in rows)
            {
                count += row.Status == status ? 1 : 0;
            }
            return count;
        }
    }
}
