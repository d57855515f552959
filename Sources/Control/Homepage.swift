/// The product's page on the web. A name in `.invalid` leads nowhere (RFC 2606): it stands for the place of
/// publication, as in the packages' metadata.
package let ritualHomepage = "https://ritual.invalid/"
