using Microsoft.Extensions.DependencyInjection;
using Shop.Application.Invoices;

namespace Shop.Infrastructure.Accounting;

public static class AccountingModule
{
    public static void AddAccounting(this IServiceCollection services, Uri baseAddress) =>
        services
            .AddHttpClient<IInvoiceExporter, QuickBooksExporter>(c =>
            {
                c.BaseAddress = baseAddress;
                c.Timeout = TimeSpan.FromSeconds(15);
            })
            .AddHttpMessageHandler<ThrowOnFailureHandler>()
            .AddHttpMessageHandler<IntuitTokenHandler>();
}
