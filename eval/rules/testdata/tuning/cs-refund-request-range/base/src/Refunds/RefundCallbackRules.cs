namespace Refunds;

internal static class RefundCallbackRules
{
    private const long MaxMinor = 5_000_000;

    public static Dictionary<string, string[]> Check(RefundCallback callback)
    {
        var errors = new Dictionary<string, string[]>();
        if (string.IsNullOrWhiteSpace(callback.EventId))
        {
            errors["eventId"] = new[] { "required" };
        }
        if (string.IsNullOrWhiteSpace(callback.OrderRef) || callback.OrderRef.Length > 40)
        {
            errors["orderRef"] = new[] { "1 to 40 characters" };
        }
        if (callback.AmountMinor is <= 0 or > MaxMinor)
        {
            errors["amountMinor"] = new[] { "out of range" };
        }
        if (callback.Currency is not ("EUR" or "GBP" or "USD"))
        {
            errors["currency"] = new[] { "not supported" };
        }
        return errors;
    }
}
